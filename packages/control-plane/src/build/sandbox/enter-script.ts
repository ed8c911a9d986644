import { holdingPlace, sealFiles, sealKernel, smallDevices } from "./script-parts.ts";

/**
 * Joins control groups, and lets the kernel end this before anything else when the machine's memory is full. For `sh`; takes a count and the
 * groups' files from its arguments.
 */
const join = `n=$1; shift
while [ "$n" -gt 0 ]; do echo 0 > "$1"; shift; n=$((n-1)); done
{ echo 900 > /proc/self/oom_score_adj; } 2>/dev/null || true`;

/** Run by `sh -c` where there are no namespaces: COUNT GROUPS… COMMAND… */
export const joinScript = `
set -eu
${join}
exec "$@"
`;

/**
 * Run by `sh -c` as the first process of the new namespaces: lays out what the command may see, then becomes its parent.
 * When this process ends, the kernel ends everything in the namespace, daemons that left the process group included.
 *
 * Arguments, never interpolated: NETWORK CWD PROCESSORS (`one`: the files that tell of processors tell of one), then lists (each a count and its items), then the command:
 * control groups to join, directories to carry over (twice one path: where it is, and `rw` or `ro`), directories to cover, files to cover,
 * and the options for the last `setpriv`.
 */
export const enterScript = `
set -eu
network=$1 cwd=$2 processors=$3; shift 3
${join}
${holdingPlace}
if [ "$network" = none ]; then ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || true; fi
${smallDevices}
mkdir -m 1777 /sys/dev/shm
n=$1 kept=$1; shift
while [ "$n" -gt 0 ]; do
  mkdir /sys/keep$n
  mount --bind -- "$1" /sys/keep$n
  shift; n=$((n-1))
done
${sealFiles}
n=$1; shift
while [ "$n" -gt 0 ]; do
  [ ! -d "$1" ] || mount -t tmpfs -o size=1m,mode=0755 none -- "$1"
  shift; n=$((n-1))
done
n=$kept
while [ "$n" -gt 0 ]; do
  mkdir -p -- "$1"
  mount --bind -- /sys/keep$n "$1"
  [ "$2" = rw ] || mount -o remount,bind,ro -- "$1"
  umount /sys/keep$n
  shift 2; n=$((n-1))
done
n=$1; shift
while [ "$n" -gt 0 ]; do
  if [ -d "$1" ]; then mount -t tmpfs -o size=1m,mode=0755 none -- "$1"
  elif [ -e "$1" ]; then mount --bind -- /sys/dev/null "$1"; fi
  shift; n=$((n-1))
done
mount --rbind /sys/dev /dev
umount -l /sys
mount -t proc proc /proc
${sealKernel}
if [ "$processors" = one ]; then
  mount -t tmpfs -o size=1m none /run
  sed -n '1p; /^cpu[0-9]/{s/^cpu[0-9]*/cpu0/;p;q}' /proc/stat > /run/stat
  sed '/^cpu/d' /proc/stat >> /run/stat
  sed '/^$/q' /proc/cpuinfo > /run/cpuinfo
  echo 0 > /run/online
  for pair in stat:/proc/stat cpuinfo:/proc/cpuinfo online:/sys/devices/system/cpu/online; do
    [ ! -e "\${pair#*:}" ] || mount --bind "/run/\${pair%%:*}" "\${pair#*:}" || true
  done
  umount -l /run
fi
cd -- "$cwd"
setpriv "$@"
exit $?
`;
