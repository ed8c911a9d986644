/** Where modules of other roots are taken into, so that the composition commit holds everything that it needs. */
export const vendorDirectory = "vendor/modules";
