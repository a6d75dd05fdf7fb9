namespace Candeia.NN;

/// <summary>What <see cref="ReduceOnPlateau"/> remembers.</summary>
/// <param name="Best">The best metric so far; NaN before the first.</param>
/// <param name="Waited">How many observations have passed since, those of a rest apart.</param>
/// <param name="Resting">How many more observations do not count.</param>
public readonly record struct PlateauState(double Best, int Waited, int Resting);
