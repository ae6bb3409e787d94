package io.trails.internal.state;

import io.trails.spi.Plan;

/**
 * What one provider planned for a session, and whether it was created.
 *
 * @param provider the provider's id
 * @param plan in the provider's own words
 * @param created false from the plan until its creation returned, and again once it is removed
 */
public record StoredPart(String provider, Plan plan, boolean created) {
    public StoredPart withCreated(boolean now) {
        return new StoredPart(provider, plan, now);
    }
}
