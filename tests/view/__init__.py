"""Tests of the page and of what it is made from."""
