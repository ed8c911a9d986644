import { makeProcessHarness } from "../support/process-harness.ts";
import { describeTarget } from "./target-contract.ts";

describeTarget("process", makeProcessHarness);
