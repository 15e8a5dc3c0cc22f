"""Outlets 发布渠道: where a release goes. One file each, implementing ``contract.Outlet``; agencies switch them on."""
