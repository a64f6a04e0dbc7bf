"""How well portraits are driven: held-out people against their true pictures, and photographs."""
