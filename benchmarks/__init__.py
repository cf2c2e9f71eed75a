"""The national benchmark: a seeded synthetic nation, rivals, and one comparison."""
