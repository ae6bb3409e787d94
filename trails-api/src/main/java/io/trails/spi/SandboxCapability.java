package io.trails.spi;

/** What a sandbox can do beyond running a command to its end. */
public enum SandboxCapability {
    /** {@link Sandbox#start} gives a running command with live streams. */
    STREAMS,
    /**
     * What a command leaves running in the background stays alive when the command and the host end. It can go on writing
     * to an output that it shares with its command until the host ends; what is to write longer redirects its output.
     */
    BACKGROUND,
    /** Paths of the host mean the same files inside. */
    HOST_FILES,
    /** The session's commands see one another's processes: an id that one prints means the same to another. */
    SHARED_PROCESSES,
    /** What something outside starts can become a process of the session: {@link Sandbox#inside}, {@link Sandbox#end}. */
    MARKS
}
