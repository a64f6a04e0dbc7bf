"""How well motion follows speech: one file a measure, all through the ports of the stages."""
