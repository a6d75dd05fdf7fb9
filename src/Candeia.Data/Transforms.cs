namespace Candeia.Data;

/// <summary>Transforms are functions; <c>first.Then(second)</c> composes them.</summary>
public static class Transforms
{
    /// <summary>First this, then that.</summary>
    public static Func<T, TResult> Then<T, TMiddle, TResult>(this Func<T, TMiddle> first, Func<TMiddle, TResult> second) => x => second(first(x));
}
