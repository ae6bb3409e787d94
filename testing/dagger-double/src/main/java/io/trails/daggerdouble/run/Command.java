package io.trails.daggerdouble.run;

import io.trails.daggerdouble.tree.Dir;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is run in a container.
 *
 * @param env all of the environment, secrets too
 * @param secrets what must not be seen in the output
 * @param hosts names of services with their addresses; before they run, with what tells them apart
 */
public record Command(
        Dir root,
        List<Mount> mounts,
        Map<String, String> env,
        List<String> secrets,
        Map<String, String> hosts,
        Path workdir,
        User user,
        List<String> args,
        String stdin,
        String redirectStdin,
        String redirectStdout,
        String redirectStderr) {

    public Command {
        mounts = List.copyOf(mounts);
        secrets = List.copyOf(secrets);
        hosts = Map.copyOf(hosts);
        args = List.copyOf(args);
    }

    public Command with(Map<String, String> otherHosts, Map<String, String> otherEnv) {
        return new Command(
                root,
                mounts,
                otherEnv,
                secrets,
                otherHosts,
                workdir,
                user,
                args,
                stdin,
                redirectStdin,
                redirectStdout,
                redirectStderr);
    }

    /** Who runs it; both have the rights of whoever runs the engine. */
    public record User(int uid, int gid, String home) {}
}
