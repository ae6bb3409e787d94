package io.trails.daggerdouble.scene;

import java.util.LinkedHashMap;
import java.util.Map;

/** An image of a registry. It has this machine's programs, unless it is made without. Immutable. */
public final class Image {

    private final Map<String, String> files;
    private final Map<String, String> env;
    private final String user;
    private final String workdir;
    private final boolean programs;

    private Image(Map<String, String> files, Map<String, String> env, String user, String workdir, boolean programs) {
        this.files = Map.copyOf(files);
        this.env = Map.copyOf(env);
        this.user = user;
        this.workdir = workdir;
        this.programs = programs;
    }

    /** An image as distributions publish it: root's, with a user {@code agent} of id 1000. */
    public static Image base() {
        String passwd = """
                root:x:0:0:root:/root:/bin/sh
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                agent:x:1000:1000::/home/agent:/bin/sh
                """;
        String group = """
                root:x:0:
                nogroup:x:65534:
                agent:x:1000:
                """;
        return new Image(
                Map.of("/etc/passwd", passwd, "/etc/group", group, "/etc/os-release", "ID=double\n"),
                Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                "",
                "",
                true);
    }

    /** With a file of a text; a text that begins with {@code #!} makes a program. */
    public Image file(String path, String text) {
        return new Image(plus(files, path, text), env, user, workdir, programs);
    }

    public Image env(String name, String value) {
        return new Image(files, plus(env, name, value), user, workdir, programs);
    }

    public Image user(String name) {
        return new Image(files, env, name, workdir, programs);
    }

    public Image workdir(String path) {
        return new Image(files, env, user, path, programs);
    }

    /** Without a shell or any other program. */
    public Image withoutPrograms() {
        return new Image(files, env, user, workdir, false);
    }

    public Map<String, String> files() {
        return files;
    }

    public Map<String, String> env() {
        return env;
    }

    public String user() {
        return user;
    }

    public String workdir() {
        return workdir;
    }

    public boolean hasPrograms() {
        return programs;
    }

    private static Map<String, String> plus(Map<String, String> map, String key, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
