using System.Runtime.CompilerServices;

namespace Candeia.Data;

/// <summary>Batches whose tensors nobody else has.</summary>
internal static class Owned<TBatch>
{
    /// <summary>Whether every tensor of a batch can be found and copied.</summary>
    public static bool IsBatch => typeof(IBatch).IsAssignableFrom(typeof(TBatch));

    /// <summary>Whether the tensors of a batch can be told from its type. Those in a type of the user's nobody finds, so their memory is left to the garbage collector.</summary>
    static bool IsTransparent => typeof(TBatch) == typeof(Tensor) || typeof(TBatch) == typeof(Tensor[])
        || typeof(ITuple).IsAssignableFrom(typeof(TBatch)) && typeof(TBatch).GetGenericArguments() is { Length: > 0 } parts && parts.All(p => p == typeof(Tensor));

    /// <summary>A batch that outlives the scope in which its items are made.</summary>
    public static TBatch Make(Func<TBatch> make)
    {
        if (!IsBatch && !IsTransparent) return make();
        using var scope = Scope.Begin();
        return Keep(make(), scope);
    }

    static TBatch Keep(TBatch batch, Scope scope)
    {
        switch (batch)
        {
            case IBatch items: return (TBatch)Own(items, scope);
            case Tensor t: t.Keep(); break;
            case Tensor[] tensors: foreach (var t in tensors) t.Keep(); break;
            case ITuple tuple: for (int i = 0; i < tuple.Length; i++) (tuple[i] as Tensor)?.Keep(); break;
        }
        return batch;
    }

    /// <summary>The batch with tensors that nobody else has: what was not made for it just now is copied.</summary>
    static IBatch Own(IBatch batch, Scope scope)
    {
        var tensors = batch.Tensors();
        bool[] made = [.. tensors.Select(scope.Owns)];
        foreach (var tensor in tensors.Where((_, i) => made[i])) tensor.Keep();
        if (made.All(isOwn => isOwn)) return batch;
        int next = 0;
        return batch.Map(tensor => made[next++] ? tensor : tensor.Clone().Keep());
    }
}
