using Microsoft.CodeAnalysis;

namespace Candeia.Repository.Tests;

/// <summary>What a library offers, as C#: a line for each type, and beneath it one for each member that users see.</summary>
static class Surface
{
    const SymbolDisplayGenericsOptions Generics =
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance | SymbolDisplayGenericsOptions.IncludeTypeConstraints;

    const SymbolDisplayMiscellaneousOptions Words = SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers;

    static readonly SymbolDisplayFormat s_type = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces, genericsOptions: Generics, miscellaneousOptions: Words);

    static readonly SymbolDisplayFormat s_base = new(genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters, miscellaneousOptions: Words);

    static readonly SymbolDisplayFormat s_member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes, genericsOptions: Generics, miscellaneousOptions: Words,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeExtensionThis,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature, propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor);

    /// <summary>The lines of a library, types by name.</summary>
    public static string Of(string library)
    {
        var compilation = Libraries.Compile("api", OutputKind.DynamicallyLinkedLibrary, []);
        var assembly = compilation.SourceModule.ReferencedAssemblySymbols.Single(a => a.Name == library);
        var types = Types(assembly.GlobalNamespace).OrderBy(t => t.ToDisplayString(s_type), StringComparer.Ordinal);
        return string.Concat(types.Select(t => Line(t) + "\n" + string.Concat(Members(t).Order(StringComparer.Ordinal).Distinct().Select(m => $"    {m}\n"))));
    }

    static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol within) => within.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member =>
        member is not INamedTypeSymbol type ? Types(member) : IsSeen(type) ? Types(type).Prepend(type) : []);

    static bool IsSeen(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && !symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "CompilerGeneratedAttribute") && !symbol.Name.StartsWith('<');

    static string Line(INamedTypeSymbol type)
    {
        if (type is { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke })
            return $"delegate {invoke.ReturnType.ToDisplayString(s_member)} {type.ToDisplayString(s_type)}({string.Join(", ", invoke.Parameters.Select(p => p.ToDisplayString(s_member)))})";
        string kind = type.TypeKind switch
        {
            TypeKind.Enum => "enum",
            TypeKind.Interface => "interface",
            TypeKind.Struct => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : "") + (type.IsRecord ? "record struct" : "struct"),
            _ => (type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (type.IsRecord ? "record" : "class"),
        };
        var above = type.BaseType is { SpecialType: SpecialType.None } parent ? type.Interfaces.Prepend(parent) : type.Interfaces;
        string[] bases = [.. above.Where(b => IsSeen(b) && !(type.IsRecord && b.Name == "IEquatable")).Select(b => b.ToDisplayString(s_base))];
        string name = type.ToDisplayString(s_type), constraints = "";
        if (name.IndexOf(" where ", StringComparison.Ordinal) is var at and > 0) (name, constraints) = (name[..at], name[at..]);
        return $"{kind} {name}{(bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}")}{constraints}";
    }

    static IEnumerable<string> Members(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate ? [] :
        from member in type.GetMembers()
        where IsSeen(member) && member is not INamedTypeSymbol
        where member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
        where member is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } || type.TypeKind is not (TypeKind.Struct or TypeKind.Enum)
        select type.TypeKind == TypeKind.Enum ? $"{member.Name} = {((IFieldSymbol)member).ConstantValue}"
            : (member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ") + member.ToDisplayString(s_member);
}
