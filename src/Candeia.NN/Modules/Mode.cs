namespace Candeia.NN;

/// <summary>
/// Evaluation or training for a while, whatever the modules' own modes are: for this thread and what it starts, and for no other. So several
/// threads may predict with one model at once, even with one that is in training mode.
/// </summary>
/// <example><code>
/// var model = new Dropout(0.5);
/// using (Mode.Evaluation()) Console.WriteLine((double)model.Forward(Tensor.Ones([100])).Sum());      // → 100
/// </code></example>
public static class Mode
{
    static readonly AsyncLocal<bool?> s_isTraining = new();

    /// <summary>The mode that all modules have here and now; null where each has its own.</summary>
    internal static bool? IsTraining => s_isTraining.Value;

    /// <summary>All modules behave as after Eval() until the result is disposed.</summary>
    public static Span Evaluation() => new(false);

    /// <summary>All modules behave as after Train() until the result is disposed: dropout drops in predictions too.</summary>
    public static Span Training() => new(true);

    /// <summary>The time for which a mode was chosen; modes end in the reverse order of their beginning.</summary>
    public readonly ref struct Span
    {
        readonly bool? _before;

        internal Span(bool isTraining)
        {
            _before = s_isTraining.Value;
            s_isTraining.Value = isTraining;
        }

        /// <summary>Goes back to the mode before.</summary>
        public void Dispose() => s_isTraining.Value = _before;
    }
}
