namespace RelSeed.Expressions;

enum TokenKind { End, Word, QuotedWord, String, Bytes, Bits, Number, Symbol }

/// <param name="Text">Without quotes and escapes; a word as written.</param>
/// <param name="Start">0-based position in the text.</param>
readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
    public bool IsWord(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The text is no expression that can be read; never leaves <see cref="ExpressionParser"/>.</summary>
sealed class SyntaxFaultException(string reason) : Exception(reason);
