"""The only writers of this package: ``bodies`` (agencies, names, hosts, contacts), ``people`` (officers, roles), ``workdays``."""
