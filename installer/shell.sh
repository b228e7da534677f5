#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shell.sh [CMD…]: a shell, or CMD, in the checkout where the product can be built.
set -euo pipefail
# shellcheck source=installer/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

(($# > 0)) || export interactive=1
platform_enter "${BASH_SOURCE[0]}" "$@"
# shellcheck source=installer/build.sh
source "$checkout/installer/build.sh"
cd "$checkout"
if (($# > 0)); then run "$@"; else bash -i; fi
