"""The virtual camera in front of a real client: Chromium in a guest with a real v4l2loopback."""
