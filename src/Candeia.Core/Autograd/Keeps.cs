namespace Candeia;

/// <summary>What an op's backward pass reads again. It must not be written in place before that.</summary>
[Flags]
public enum Keeps
{
    /// <summary>Nothing but the incoming gradient and the op's parameters.</summary>
    Nothing = 0,
    /// <summary>The values of the inputs.</summary>
    Inputs = 1,
    /// <summary>The values of the output.</summary>
    Output = 2,
}
