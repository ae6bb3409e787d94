package io.trails.daggerdouble.run;

import io.trails.daggerdouble.tree.Dir;
import io.trails.daggerdouble.tree.Node;
import java.nio.file.Path;

/** What lies over a path of a container's file system while a command runs. */
public sealed interface Mount {

    Path at();

    record Tree(Path at, Dir tree) implements Mount {}

    record One(Path at, Node file) implements Mount {}

    record Cache(Path at, Path host) implements Mount {}

    record Temp(Path at) implements Mount {}

    record Socket(Path at, Path host) implements Mount {}
}
