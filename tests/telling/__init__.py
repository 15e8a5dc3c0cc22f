"""Tests of telling people; a package, because the fault tests use its provider."""
