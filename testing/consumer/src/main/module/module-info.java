module consumer {
    requires io.trails;
}
