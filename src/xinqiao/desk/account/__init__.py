"""My account: how one gets in, where one is signed in, who stands in for one."""
