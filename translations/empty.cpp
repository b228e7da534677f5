// SPDX-License-Identifier: GPL-3.0-or-later
// The library holds resources only; a static library needs one object.
