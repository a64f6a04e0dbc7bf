"""ChatAnyone: the window without arguments, the command line with some (see --help)."""

import os
import sys

from pipeline.one_heap import share_one_heap


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 done, 2 unusable input, 1 a fault of ours."""
    # A frame's matrix products are too small to share: waiting for a second thread costs more than
    # it computes. Read by numpy's BLAS when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    share_one_heap()
    if not arguments:
        from app.application import main as run_application

        return run_application()
    if arguments == ["--scan-microphones"]:
        from app.microphone_scan import main as scan_microphones

        scan_microphones()
        return 0
    if arguments == ["--sign-file"]:
        from pipeline.credentials.signing_process import main as sign_file

        sign_file()
        return 0
    from app.cli.command_line import run_command_line

    return run_command_line(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
