"""What is done to a whole site: demo, administrator, backup, restore, verify."""
