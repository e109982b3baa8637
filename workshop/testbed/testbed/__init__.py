"""Labelled traffic from real servers, real clients and real attack tools, in network namespaces of one machine."""
