#!/usr/bin/env bash
# 把 site/ 传到对象存储（S3 兼容的都行：阿里云 OSS、腾讯云 COS、MinIO……），用 rclone。
# 用法：deploy/object-storage.sh 远端:桶名[/目录]     远端用 rclone config 建好，步骤见 deploy/README.md
set -euo pipefail
export LC_ALL=C
target=${1:?用法：deploy/object-storage.sh 远端:桶名}
site=$(cd "$(dirname "$0")/.." && pwd)/site
[ -f "$site/_headers" ] || { echo "还没有 site/；请先运行 make site" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
(cd "$site" && find . -type f ! -name _headers | sed 's#^\./##' | sort) > "$work/all"
# 与 deploy/nginx.conf 里的一样：名字里有指纹的，永远不变。
lasting='^assets/kb/[^/]+\.[0-9a-f]{8}\.(js|css)$|^search/[0-9a-f]{12}/'
grep -E "$lasting" "$work/all" > "$work/lasting"
grep -Ev "$lasting" "$work/all" | grep -v '\.html$' > "$work/rest"
grep '\.html$' "$work/all" > "$work/pages"

put() { rclone copy --checksum --files-from "$work/$1" --header-upload "Cache-Control: $2" "$site" "$target"; }
# 有指纹的先传，网页最后：网页传到的时候，它要的文件都在了。
put lasting "public, max-age=31536000, immutable"
put rest "no-cache"
put pages "no-cache"
# 不在了的网页就删；有指纹的旧文件留着，给还开着旧网页的人（几百 KB，想清理时自己删）。
rclone lsf --recursive --files-only "$target" | sort | comm -13 "$work/all" - | { grep -Ev "$lasting" || true; } > "$work/gone"
[ ! -s "$work/gone" ] || rclone delete --files-from "$work/gone" "$target"
echo "已传到 $target：$(wc -l < "$work/all") 个文件，删去 $(wc -l < "$work/gone") 个"
