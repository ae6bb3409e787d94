package io.trails.daggerdouble.graph;

final class ServiceFields {

    private ServiceFields() {}

    static void addTo(Fields fields) {}
}
