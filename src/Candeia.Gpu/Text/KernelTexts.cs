namespace Candeia.Gpu;

/// <summary>The kernels of a device: written and compiled when they are used first.</summary>
internal sealed class KernelTexts(IDriver driver)
{
    readonly Dictionary<string, Handle> _byKey = [], _byText = [];

    /// <summary>How many texts have been compiled.</summary>
    public int Built => _byText.Count;

    /// <summary>The kernel of a key, whose text is written if there is none yet. Its name in the text is <c>run</c>, its indices are of type N.</summary>
    public Handle Get(string key, bool isLarge, Func<string> text)
    {
        if (isLarge) key += "|large";
        if (_byKey.TryGetValue(key, out var kernel)) return kernel;
        string own = text(), whole = $"{driver.Prelude}{Library.For(own)}typedef {(isLarge ? "i64" : "i32")} N;\n{own}";
        if (!_byText.TryGetValue(whole, out kernel)) kernel = _byText[whole] = driver.Build(whole, "run");
        return _byKey[key] = kernel;
    }

    /// <summary>All texts.</summary>
    public IEnumerable<string> All => _byText.Keys;
}
