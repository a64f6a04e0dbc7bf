"""Which packages the system lacks, and how they would be installed."""

import pytest

from installer import system_packages
from installer.system_packages import LINUX_LIBRARIES, install_commands


@pytest.fixture
def system(monkeypatch):
    """Pretend that only these programs are on the path, and whose terminal it is."""

    def set_up(programs, is_root=True, has_terminal=True):
        monkeypatch.setattr(
            system_packages.shutil, "which", lambda name: name if name in programs else None
        )
        monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0 if is_root else 1000)
        monkeypatch.setattr(system_packages.sys.stdin, "isatty", lambda: has_terminal)

    return set_up


@pytest.mark.parametrize(
    ("manager", "package"),
    [("apt-get", "libportaudio2"), ("dnf", "portaudio"), ("pacman", "portaudio")],
)
def test_each_package_manager_gets_its_own_names(system, manager, package):
    system([manager])
    command = install_commands([LINUX_LIBRARIES[0]], with_venv=False)[-1]
    assert command[0] == manager
    assert command[-1] == package


def test_packages_that_hold_several_libraries_are_named_once(system):
    system(["pacman"])
    command = install_commands(list(LINUX_LIBRARIES), with_venv=False)[-1]
    assert len(command) == len(set(command))


def test_the_venv_module_is_a_package_on_debian_only(system):
    system(["apt-get"])
    assert install_commands([], with_venv=True)[-1][-1].endswith("-venv")
    system(["dnf"])
    assert install_commands([], with_venv=True) == []


def test_others_than_root_use_sudo(system):
    system(["apt-get", "sudo"], is_root=False)
    for command in install_commands([LINUX_LIBRARIES[0]], with_venv=False):
        assert command[:2] == ["sudo", "apt-get"]


def test_without_a_terminal_sudo_asks_no_password(system):
    system(["apt-get", "sudo"], is_root=False, has_terminal=False)
    command = install_commands([LINUX_LIBRARIES[0]], with_venv=False)[0]
    assert command[:2] == ["sudo", "--non-interactive"]


def test_an_unknown_system_gets_the_names_and_goes_on(system, capsys):
    system([])
    system_packages.install([LINUX_LIBRARIES[0]], lacks_venv=False, assume_yes=True)
    assert "Going on without libportaudio.so.2" in capsys.readouterr().err


def test_nothing_is_installed_when_the_user_declines(system, monkeypatch, capsys):
    system(["apt-get"])
    monkeypatch.setattr("builtins.input", lambda question: "n")
    monkeypatch.setattr(
        system_packages, "run_commands", lambda commands: pytest.fail("ran a command")
    )
    system_packages.install([LINUX_LIBRARIES[0]], lacks_venv=False, assume_yes=False)
    told = capsys.readouterr().err
    assert "apt-get install" in told
    assert "Going on without" in told


def test_a_failing_command_ends_the_series():
    assert system_packages.run_commands([["true"], ["true"]])
    assert not system_packages.run_commands([["false"], ["true"]])
    assert not system_packages.run_commands([["no-such-program"]])


def test_a_library_that_does_not_exist_is_missing(monkeypatch):
    absent = system_packages.Library("libno-such-thing.so.9", "a", "b", "c")
    monkeypatch.setattr(system_packages, "LINUX_LIBRARIES", (absent,))
    monkeypatch.setattr(system_packages.sys, "platform", "linux")
    assert system_packages.missing_libraries() == [absent]
    monkeypatch.setattr(system_packages.sys, "platform", "darwin")
    assert system_packages.missing_libraries() == []
