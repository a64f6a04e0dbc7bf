"""The sound outputs there are now, asked from a fresh process as `microphone_scan` does.

Run as `python -m app.output_scan` it prints the list as JSON.
"""

import json
import sys

from app.microphone_scan import MicrophoneScan


def output_scan() -> MicrophoneScan:
    """A scan whose entries are outputs."""
    return MicrophoneScan([sys.executable, "-m", "app.output_scan"])


def main() -> None:
    from pipeline.errors import UserError
    from pipeline.output_list import list_outputs

    try:
        outputs = list_outputs()
    except UserError as error:
        sys.exit(str(error))
    names = ("name", "host_api", "default")
    print(json.dumps([{n: getattr(found, n) for n in names} for found in outputs]))


if __name__ == "__main__":
    main()
