"""Subclasses of uvicorn's protocols, for limits that no ASGI application can set: of time, of size, and of number.

They use names that uvicorn does not document, as this minor version has them; tests/api/sockets/test_uvicorn.py checks.
"""

UVICORN = "0.54"
