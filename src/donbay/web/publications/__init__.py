"""Printed reports: ordered, made, looked at, issued; and the wording of the office."""
