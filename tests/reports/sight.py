"""How far apart two colours are, for eyes that see all of them and for three others.

The matrices are those of Machado, Oliveira and Fernandes (2009) at full strength; the
distance is that of OKLab, times 100.
"""

from __future__ import annotations

import math

EYES = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color: str) -> list[float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]


def seen(color: str, eyes: str) -> tuple[float, float, float]:
    """A colour in OKLab as these eyes see it."""
    light = linear(color)
    r, g, b = (
        min(max(math.fsum(a * v for a, v in zip(row, light, strict=True)), 0), 1)
        for row in EYES[eyes]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def apart(one: str, other: str, eyes: str) -> float:
    return math.dist(seen(one, eyes), seen(other, eyes)) * 100


def contrast(one: str, other: str) -> float:
    """As WCAG has it."""
    bright = [
        0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other))
    ]
    return (max(bright) + 0.05) / (min(bright) + 0.05)
