package io.trails.internal.host.cgroup;

import io.trails.Limits;
import io.trails.Limits.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the group of one session is and was: at first where it was planned, later perhaps where a host that was started
 * elsewhere could make it. A later place is written to a file before the group is made, so that removal finds it.
 *
 * @param planned from the session's plan
 * @param moves the file
 * @param name of the group; what is called otherwise was not made by trails for this session
 */
public record GroupPlaces(Path planned, Path moves, String name) {
    /** The groups that may be there, the latest last. */
    public List<SessionGroup> all() {
        var places = new ArrayList<SessionGroup>();
        add(places, planned);
        try {
            for (String line : Files.readAllLines(moves, StandardCharsets.UTF_8)) add(places, Path.of(line));
        } catch (IOException | InvalidPathException none) {
            return places; // Hardly any session ever moves.
        }
        return places;
    }

    /** The plan and the file may have come with a repository: they must lead to nobody else's group. */
    private void add(List<SessionGroup> places, Path path) {
        boolean ours =
                path.isAbsolute() && path.equals(path.normalize()) && name.equals(String.valueOf(path.getFileName()));
        if (ours) places.add(new SessionGroup(path));
    }

    /**
     * Takes up the session's group, or makes it: again after a reboot, elsewhere if this host cannot enter the old one.
     * Its limits are set in any case.
     *
     * @throws IOException if the kernel refuses something
     */
    public Optional<SessionGroup> attach(Delegation delegation, Limits limits, Set<Kind> kinds) throws IOException {
        List<SessionGroup> known = all();
        SessionGroup latest = known.isEmpty() ? null : known.get(known.size() - 1);
        if (latest != null && latest.exists() && delegation.mayEnter(latest.path())) {
            return Optional.of(made(latest, delegation, limits, kinds));
        }
        if (delegation.parent().isEmpty() || !delegation.kept(limits).containsAll(kinds)) return Optional.empty();
        Path place = delegation.parent().get().resolve(name);
        if (latest == null || !latest.path().equals(place)) {
            Files.writeString(
                    moves,
                    place + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        }
        return Optional.of(made(new SessionGroup(place), delegation, limits, kinds));
    }

    private static SessionGroup made(SessionGroup group, Delegation delegation, Limits limits, Set<Kind> kinds)
            throws IOException {
        Path parent = group.path().getParent();
        if (parent != null && delegation.parent().filter(parent::equals).isPresent()) delegation.enable(kinds);
        group.create(limits, kinds);
        return group;
    }
}
