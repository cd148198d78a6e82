/**
 * What no rule may let run unasked, whatever was approved. A rule holds for every argument that follows, so the question is never whether
 * the approved call was harmless, but whether each call that begins so is.
 */
interface Never {
  readonly why: string
  readonly programs: ReadonlySet<string>
}

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '))

const never: readonly Never[] = [
  {
    why: 'is a shell: it runs any command',
    programs: list('sh bash zsh dash ksh csh tcsh fish nu pwsh powershell cmd busybox tclsh'),
  },
  {
    why: 'runs what follows with the rights of another',
    programs: list('sudo doas su runuser pkexec runas gosu chroot'),
  },
  {
    why: 'runs any program that follows',
    programs: list(
      'env xargs find fd parallel time nohup nice ionice timeout watch entr exec command builtin eval source . setsid stdbuf script ' +
        'strace ltrace gdb lldb unshare nsenter systemd-run at batch flock caffeinate tar rg awk gawk mawk sed vi vim nvim ed emacs less man expect',
    ),
  },
  {
    why: 'removes or overwrites files',
    programs: list('rm rmdir unlink shred dd truncate mv cp install ln tee rsync mkfs fdisk parted wipefs format del'),
  },
  {
    why: 'changes who may do what',
    programs: list('chmod chown chgrp setfacl chattr passwd useradd userdel usermod visudo icacls'),
  },
  {
    why: 'changes the system or ends programs',
    programs: list(
      'kill pkill killall shutdown reboot halt poweroff mount umount systemctl service launchctl crontab sysctl iptables nft ufw ' +
        'modprobe insmod apt apt-get dpkg dnf yum pacman zypper apk snap',
    ),
  },
  {
    why: 'sends to or takes from other machines',
    programs: list('curl wget nc ncat netcat socat telnet ftp sftp scp ssh http https aria2c'),
  },
]

/** Of programs that are harmless otherwise: what publishes, deletes, or runs anything. Word by word behind the program. */
const neverBelow: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    git: [
      ...[
        'push',
        'reset',
        'clean',
        'config',
        'rebase',
        'filter-branch',
        'filter-repo',
        'gc',
        'update-ref',
        'checkout',
        'restore',
      ],
      ...['rm', 'submodule', 'bisect', 'difftool', 'mergetool', 'remote', 'send-email', 'switch', 'worktree', 'stash'],
    ],
    npm: ['publish', 'unpublish', 'config', 'set', 'token', 'login', 'access', 'owner'],
    pnpm: ['publish', 'config', 'dlx', 'patch-commit'],
    yarn: ['publish', 'config', 'dlx', 'npm'],
    bun: ['publish', 'x'],
    cargo: ['publish', 'login', 'yank', 'owner', 'install'],
    docker: [
      'run',
      'exec',
      'rm',
      'rmi',
      'push',
      'login',
      'cp',
      'system',
      'volume',
      'compose run',
      'compose exec',
      'compose rm',
    ],
    podman: ['run', 'exec', 'rm', 'rmi', 'push', 'login', 'cp', 'system', 'volume', 'unshare'],
    kubectl: [
      'delete',
      'exec',
      'apply',
      'edit',
      'patch',
      'replace',
      'cp',
      'run',
      'drain',
      'debug',
      'proxy',
      'scale',
      'config',
    ],
    helm: ['install', 'upgrade', 'uninstall', 'delete', 'rollback', 'push'],
    terraform: ['apply', 'destroy', 'import', 'state', 'console', 'taint'],
    gh: [
      'api',
      'auth',
      'secret',
      'repo delete',
      'release delete',
      'pr merge',
      'alias',
      'extension',
      'codespace',
      'config',
    ],
    gem: ['push', 'yank', 'signin'],
    twine: ['upload'],
    go: ['generate', 'tool', 'env', 'install'],
    brew: ['uninstall', 'remove', 'cleanup', 'services'],
  }),
)

/** Interpreters: a script or a module may follow, but no code. */
export const interpreters =
  /^(?:python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|ruby[\d.]*|perl[\d.]*|php[\d.]*|lua[\d.]*|luajit|Rscript|julia|osascript|groovy|scala|elixir|erl|ghci|tsx|ts-node)$/
export const codeSwitch = /^(?:-[A-Za-z]*[ceEpr]|--eval|--print|--command|--require|--import|--loader|-)(?:=|$)/

/** The name of a program, whatever leads to it. */
export function programName(word: string): string {
  return (
    word
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.(?:exe|cmd|bat)$/i, '') ?? word
  )
}

/** Why a command that begins so may never be allowed; null: it may. `sub` are its words without options. */
export function whyNever(program: string, sub: readonly string[]): string | null {
  const found = never.find(({ programs }) => programs.has(program))
  if (found !== undefined || /^mkfs\./.test(program))
    return `\`${program}\` ${found?.why ?? 'removes or overwrites files'}`
  const below = neverBelow.get(program)?.find((each) => each.split(' ').every((word, i) => word === sub[i]))
  return below === undefined ? null : `\`${program} ${below}\` publishes, deletes, changes settings or runs anything`
}
