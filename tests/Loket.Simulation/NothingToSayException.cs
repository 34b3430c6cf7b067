namespace Loket.Simulation;

/// <summary>Loket was not heard for so long that the run can say neither that it is right nor that it is wrong.</summary>
public sealed class NothingToSayException(string why) : Exception(why);
