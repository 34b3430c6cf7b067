namespace Loket.Simulation;

/// <summary>What everybody in one run shares: what was acknowledged, the gate at which they stand still, what goes wrong.</summary>
/// <param name="Patience">For how long somebody repeats a call that is not answered.</param>
public sealed record Play(Ledger Ledger, Gate Gate, FaultKind Faults, TimeSpan Patience);
