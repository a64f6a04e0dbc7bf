"""What the credentials of a file say: who made it of what. Nothing of it is about the user."""

from typing import Any

from pipeline.version import VERSION

AI_VIDEO = "AI avatar: the person in this video was made by a computer."
AI_PICTURE = "AI avatar: the person in this picture was made by a computer."
TITLE = "AI avatar"
PROGRAM = {"name": "ChatAnyone", "version": VERSION}
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# Nothing of the picture was given by the user: person, movement and surroundings are ours.
TRAINED = SOURCE_TYPES + "trainedAlgorithmicMedia"
# A picture of the user's (portrait, background) is in it, moved and completed by trained models.
# "compositeSynthetic" would be true, too, but does not say that models were at work.
COMPOSITE = SOURCE_TYPES + "compositeWithTrainedAlgorithmicMedia"


def manifest(description: str, with_own_pictures: bool) -> dict[str, Any]:
    """The manifest in the form of the C2PA library.

    description: AI_VIDEO or AI_PICTURE; with_own_pictures: portrait or background is the user's

    The source type is about the picture. Sound is passed through, never made, so that it is left
    to whoever publishes the file to say whose voice it is.
    """
    created = {
        "action": "c2pa.created",
        "digitalSourceType": COMPOSITE if with_own_pictures else TRAINED,
        "softwareAgent": PROGRAM,
        "description": description,
    }
    actions = {"actions": [created], "allActionsIncluded": True}
    return {
        "title": TITLE,
        "claim_generator_info": [PROGRAM],
        "assertions": [{"label": "c2pa.actions.v2", "created": True, "data": actions}],
    }
