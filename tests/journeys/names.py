"""What both sides of a journey know: the world beside the server, and the browser."""

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 -- Giang's second factor, made up
