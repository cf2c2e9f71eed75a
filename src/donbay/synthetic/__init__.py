"""Plausible reports made up for demonstration and load, and marked so."""

from donbay.synthetic.folders import Made, Order, copy_pack, write_folder
from donbay.synthetic.places import made_up
from donbay.synthetic.reports import Published

__all__ = ["Made", "Order", "Published", "copy_pack", "made_up", "write_folder"]
