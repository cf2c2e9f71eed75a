"""How well documents are read, against labels made by people."""
