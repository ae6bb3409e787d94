package io.trails.tck;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests of tests: failing takes as long as patience lasts, and nearly everything is meant to fail. */
final class Impatience implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(Patience.PROPERTY, "6");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(Patience.PROPERTY);
    }
}
