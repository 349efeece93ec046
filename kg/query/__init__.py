"""Asking a graph: the shipped questions, names, traces, timelines, paths and statistics."""
