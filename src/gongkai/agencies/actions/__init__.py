"""The only writers here: ``bodies`` (agencies, names, hosts, contacts), ``people`` (officers, roles), ``workdays``."""
