"""Kumppani: the platform for agreements between the state and its cities."""
