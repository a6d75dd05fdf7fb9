namespace Candeia;

/// <summary>Some of the results of a recurrent layer.</summary>
[Flags]
public enum RecurrentResults
{
    /// <summary>None of them.</summary>
    None = 0,
    /// <summary>The outputs of all steps.</summary>
    Output = 1,
    /// <summary>The last state h.</summary>
    Hidden = 2,
    /// <summary>The last state c of an LSTM.</summary>
    Cell = 4,
}
