namespace Candeia.Experiments;

/// <summary>Something that the user can mend; the message is one sentence that names the thing and the remedy.</summary>
sealed class UserException(string message, Exception? inner = null) : Exception(message, inner);
