namespace Candeia.Training;

/// <summary>Something saved is damaged, or does not fit what is to go on from it; the message names the file and the remedy.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
