import threading

from pipeline.mailbox import Mailbox


def test_the_reader_gets_the_latest_value_and_the_rest_is_counted():
    mailbox = Mailbox[int]()
    for value in range(5):
        mailbox.put(value)
    assert mailbox.take() == 4
    assert mailbox.dropped == 4


def test_a_value_is_taken_once_but_can_be_looked_at_again():
    mailbox = Mailbox[int]()
    mailbox.put(1)
    assert mailbox.take() == 1
    assert mailbox.take() is None
    assert mailbox.latest() == 1


def test_a_value_that_was_taken_does_not_count_as_dropped():
    mailbox = Mailbox[int]()
    mailbox.put(1)
    mailbox.take()
    mailbox.put(2)
    assert mailbox.dropped == 0


def test_an_empty_mailbox_gives_nothing_after_the_timeout():
    assert Mailbox[int]().take(timeout_s=0.01) is None
    assert Mailbox[int]().latest() is None


def test_a_waiting_reader_is_woken_by_a_value():
    mailbox = Mailbox[str]()
    got = []
    reader = threading.Thread(target=lambda: got.append(mailbox.take(timeout_s=10.0)))
    reader.start()
    mailbox.put("frame")
    reader.join(5)
    assert got == ["frame"]


def test_a_waiting_reader_is_woken_by_close():
    mailbox = Mailbox[str]()
    reader = threading.Thread(target=lambda: mailbox.take(timeout_s=10.0))
    reader.start()
    mailbox.close()
    reader.join(5)
    assert not reader.is_alive()
    assert mailbox.closed
