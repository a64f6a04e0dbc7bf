"""What a user declares about a picture before it becomes an avatar."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

STATEMENT = (
    "I have the right to use this picture, and the person it shows agrees to being made to speak."
)


@dataclass(frozen=True, slots=True)
class Consent:
    """date: ISO 8601 in UTC; picture_sha256: of the picture's file; statement: as agreed to"""

    date: str
    picture_sha256: str
    statement: str

    @classmethod
    def given_now(cls, picture_sha256: str) -> "Consent":
        """The user agreed to STATEMENT at this moment."""
        date = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(date, picture_sha256, STATEMENT)

    def as_json(self) -> dict[str, str]:
        return asdict(self)
