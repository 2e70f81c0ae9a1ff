"""What a measurement says."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure beside what it may be at most (or must be at least), both from the same run."""

    name: str
    figure: str
    target: str
    is_met: bool
    detail: str = ""

    def __str__(self) -> str:
        mark = "ok  " if self.is_met else "MISS"
        return f"{mark}  {self.name:<52} {self.figure:>10}  {self.target:<14} {self.detail}"


def at_most(name: str, ours: float, floor: float, most: float, detail: str = "") -> Row:
    """Say how many times the floor something took, and how many times it may take."""
    ratio = ours / floor
    words = f"{ours:.2f} s against {floor:.2f} s. {detail}"
    return Row(
        name=name, figure=f"{ratio:.2f} x", target=f"at most {most:g} x", is_met=ratio <= most, detail=words
    )
